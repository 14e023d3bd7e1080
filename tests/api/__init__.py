"""The API, as other systems call it."""
