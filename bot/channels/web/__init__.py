"""The chat widget: its sockets, its sessions, its transcript."""
