"""What a message mentions: points, places, complaints, conditions, persons."""
