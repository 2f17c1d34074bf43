"""Tags of the glossary's templates."""
