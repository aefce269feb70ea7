"""The assistant people ask about pressure points for back pain."""
