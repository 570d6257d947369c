"""The network: activities and ties in two passes, and what a plan and a project file make of them."""
