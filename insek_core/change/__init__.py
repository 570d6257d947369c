"""What happens when something changes: typed edits, Varianten, the difference of two plans, and its consequences in
sentences.
"""
