"""Tests of the rooms that read across the force."""
