-- One article with its publisher and its authors.
SELECT
  articles.*,
  agents.name AS publisher_name,
  (
    SELECT json_group_array(json_object('id', listed.id, 'name', listed.name))
    FROM (
      SELECT agents.id, agents.name
      FROM article_authors
      JOIN agents ON agents.id = article_authors.agent
      WHERE article_authors.article = articles.id
      ORDER BY article_authors.position
    ) AS listed
  ) AS authors_json
FROM articles
JOIN agents ON agents.id = articles.publisher
WHERE articles.id = :id;
