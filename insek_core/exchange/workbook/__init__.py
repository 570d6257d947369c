"""The plan as an Excel workbook: what kind of file it is, its raw cells, what they mean, and writing one."""
