"""Words, numbers and phrases, one reading of each; stands on nothing of ours."""
