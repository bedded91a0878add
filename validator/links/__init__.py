"""Whether the web addresses of a data set still lead to something: asked politely, written down as it becomes known.

Each address is asked for once, as one reader would; robots.txt is for those who follow links, and is not read.
"""
