-- Ids of one kind around a place in their order: candidates for the nearest to an unknown id.
WITH ids (kind, id) AS (
  SELECT 'claim', id FROM claims
  UNION ALL
  SELECT 'article', id FROM articles
  UNION ALL
  SELECT 'source', id FROM sources
  UNION ALL
  SELECT 'agent', id FROM agents
  UNION ALL
  SELECT 'tag', id FROM tags
)
SELECT id FROM (SELECT id FROM ids WHERE kind = :kind AND id >= :id ORDER BY id LIMIT :limit)
UNION ALL
SELECT id FROM (SELECT id FROM ids WHERE kind = :kind AND id < :id ORDER BY id DESC LIMIT :limit);
