-- The latest articles, each with how many of its claims have each status.
SELECT
  articles.id,
  articles.headline,
  articles.language,
  articles.published,
  articles.publisher,
  agents.name AS publisher_name,
  (
    SELECT json_group_object(counted.status, counted.claims)
    FROM (
      SELECT status, sum(claims) AS claims FROM claim_counts
      WHERE part = 'article' AND claim_counts.id = articles.id
      GROUP BY status
    ) AS counted
  ) AS counts_json
FROM articles
JOIN agents ON agents.id = articles.publisher
ORDER BY articles.published DESC, articles.id
LIMIT :limit;
