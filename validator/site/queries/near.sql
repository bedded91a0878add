-- Ids of one kind around a place in their order: candidates for the nearest to an unknown id. Each kind is asked by
-- itself, from the index of its ids.
WITH near AS (
  SELECT * FROM (SELECT id FROM claims WHERE :kind = 'claim' AND id >= :id ORDER BY id LIMIT :limit)
  UNION ALL
  SELECT * FROM (SELECT id FROM claims WHERE :kind = 'claim' AND id < :id ORDER BY id DESC LIMIT :limit)
  UNION ALL
  SELECT * FROM (SELECT id FROM articles WHERE :kind = 'article' AND id >= :id ORDER BY id LIMIT :limit)
  UNION ALL
  SELECT * FROM (SELECT id FROM articles WHERE :kind = 'article' AND id < :id ORDER BY id DESC LIMIT :limit)
  UNION ALL
  SELECT * FROM (SELECT id FROM sources WHERE :kind = 'source' AND id >= :id ORDER BY id LIMIT :limit)
  UNION ALL
  SELECT * FROM (SELECT id FROM sources WHERE :kind = 'source' AND id < :id ORDER BY id DESC LIMIT :limit)
  UNION ALL
  SELECT * FROM (SELECT id FROM agents WHERE :kind = 'agent' AND id >= :id ORDER BY id LIMIT :limit)
  UNION ALL
  SELECT * FROM (SELECT id FROM agents WHERE :kind = 'agent' AND id < :id ORDER BY id DESC LIMIT :limit)
  UNION ALL
  SELECT * FROM (SELECT id FROM tags WHERE :kind = 'tag' AND id >= :id ORDER BY id LIMIT :limit)
  UNION ALL
  SELECT * FROM (SELECT id FROM tags WHERE :kind = 'tag' AND id < :id ORDER BY id DESC LIMIT :limit)
)
SELECT id FROM near;
