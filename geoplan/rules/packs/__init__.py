"""The rule packs: one TOML file a law or programme, with its days of validity, marks and sources."""
