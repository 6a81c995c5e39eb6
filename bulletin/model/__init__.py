"""The words of the trade as frozen values; imports nothing of ours."""
