"""The checks that no equation over names can say."""
