-- How many pages there are of each kind; the start page has no kind.
SELECT '' AS kind, 1 AS pages
UNION ALL
SELECT rtrim(records, 's'), amount FROM totals WHERE records IN ('agents', 'articles', 'claims', 'sources', 'tags')
ORDER BY kind;
