"""What `./lake` takes: the declarations of its commands, of which each calls one thing of `flows.commands`."""
