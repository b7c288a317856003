"""The pages on which members write services and needs."""
