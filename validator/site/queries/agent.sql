-- One agent with names, roles, what it belongs to, and the agents that it is not.
SELECT
  agents.*,
  wholes.name AS part_of_name,
  (SELECT coalesce(sum(claims), 0) FROM claim_counts WHERE part = 'all' AND claim_counts.id = '') AS of_claims,
  agent_counts.claims,
  agent_counts.passed_on,
  agent_counts.reviews,
  agent_counts.published,
  agent_counts.written,
  (SELECT amount FROM totals WHERE records = 'reviews') AS of_reviews,
  (
    SELECT json_group_array(listed.name)
    FROM (SELECT name FROM agent_names WHERE agent_names.agent = agents.id ORDER BY position) AS listed
  ) AS names_json,
  (
    SELECT json_group_array(
      json_object(
        'title', listed.title, 'organization', listed.organization, 'name', listed.name,
        'start', listed."start", 'end', listed."end"
      )
    )
    FROM (
      SELECT agent_roles.*, organizations.name
      FROM agent_roles
      LEFT JOIN agents AS organizations ON organizations.id = agent_roles.organization
      WHERE agent_roles.agent = agents.id
      ORDER BY agent_roles.position
    ) AS listed
  ) AS roles_json,
  (
    SELECT json_group_array(json_object('id', listed.id, 'name', listed.name))
    FROM (SELECT id, name FROM agents AS parts WHERE parts.part_of = agents.id ORDER BY name) AS listed
  ) AS parts_json,
  (
    SELECT json_group_array(json_object('id', listed.id, 'name', listed.name))
    FROM (
      SELECT others.id, others.name
      FROM agents AS others
      WHERE others.id IN (
        SELECT distinct_from FROM agent_distinctions WHERE agent = agents.id
        UNION
        SELECT agent FROM agent_distinctions WHERE distinct_from = agents.id
      )
      ORDER BY others.name
    ) AS listed
  ) AS distinct_json,
  (
    SELECT json_group_array(json_object('id', listed.id, 'headline', listed.headline, 'part', listed.part))
    FROM (
      SELECT * FROM (
        SELECT id, headline, 'publisher' AS part FROM articles WHERE publisher = agents.id ORDER BY id DESC LIMIT :limit
      )
      UNION ALL
      SELECT * FROM (
        SELECT articles.id, articles.headline, 'author'
        FROM article_authors
        JOIN articles ON articles.id = article_authors.article
        WHERE article_authors.agent = agents.id
        ORDER BY article_authors.article DESC
        LIMIT :limit
      )
      ORDER BY 1
    ) AS listed
  ) AS articles_json
FROM agents
JOIN agent_counts ON agent_counts.agent = agents.id
LEFT JOIN agents AS wholes ON wholes.id = agents.part_of
WHERE agents.id = :id;
