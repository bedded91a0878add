"""Claimbook: fact-checking as code."""
