"""People who sign in, their teams and roles, what they may do and which records they may see."""
