"""The offence list with its groups and harm weights, outcome types and flags: each as it stood on a day."""
