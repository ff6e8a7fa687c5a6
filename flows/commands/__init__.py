"""The commands of `./lake`, one module each. Each imports what it needs when it is called: --help is instant."""
