"""Plain data in and out: TOML and JSON, structured into values and checked."""
