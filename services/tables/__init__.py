"""Services and contacts as tables that a spreadsheet program opens: written, changed by hand, read back.

`guarding` and `cells` say how a value stands in a cell, `reading` and `writing` know files, `table` brings rows in,
`services` and `contacts` name the columns.
"""
