"""What really happens with the money: bookings, the flow against the plan, the proof of use."""
