"""What must hold when somebody goes round the front door, or kills what runs."""
