-- How many pages there are of each kind; the start page has no kind.
SELECT '' AS kind, 1 AS pages
UNION ALL SELECT 'agent', count(*) FROM agents
UNION ALL SELECT 'article', count(*) FROM articles
UNION ALL SELECT 'claim', count(*) FROM claims
UNION ALL SELECT 'source', count(*) FROM sources
UNION ALL SELECT 'tag', count(*) FROM tags
ORDER BY kind;
