-- Some of the records of one kind that have a page, by id, each with the day on which a verdict on its page last changed,
-- or a claim was withdrawn. The pages of agents, sources and tags collect claims of all articles: to find their day for
-- thousands would take too long, so they have none. Each kind is ordered by itself, from the index of its ids: a common order would have to be sorted.
WITH listed AS (
  SELECT '' AS id WHERE :kind = ''
  UNION ALL SELECT * FROM (SELECT id FROM agents WHERE :kind = 'agent' ORDER BY id LIMIT :limit OFFSET :offset)
  UNION ALL SELECT * FROM (SELECT id FROM articles WHERE :kind = 'article' ORDER BY id LIMIT :limit OFFSET :offset)
  UNION ALL SELECT * FROM (SELECT id FROM claims WHERE :kind = 'claim' ORDER BY id LIMIT :limit OFFSET :offset)
  UNION ALL SELECT * FROM (SELECT id FROM sources WHERE :kind = 'source' ORDER BY id LIMIT :limit OFFSET :offset)
  UNION ALL SELECT * FROM (SELECT id FROM tags WHERE :kind = 'tag' ORDER BY id LIMIT :limit OFFSET :offset)
)
SELECT
  :kind AS kind,
  listed.id,
  CASE :kind
    WHEN '' THEN (SELECT max(decided) FROM reviews)
    WHEN 'article' THEN (SELECT changed FROM article_changes WHERE article = listed.id)
    WHEN 'claim' THEN (
      SELECT max(max(coalesce(reviews.decided, ''), coalesce(claims.withdrawn, '')))
      FROM claims LEFT JOIN reviews ON reviews.claim = claims.id
      WHERE claims.id = listed.id
    )
  END AS changed
FROM listed
ORDER BY listed.id;
