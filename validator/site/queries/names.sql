-- The agents of whom every word that was typed begins a part of some name, those first who make most claims.
WITH hits AS (SELECT agent FROM names_fts WHERE names_fts MATCH :match ORDER BY rowid LIMIT :limit)
SELECT
  agents.id,
  agents.name,
  agents.type,
  (SELECT json_group_array(name) FROM agent_names WHERE agent_names.agent = agents.id) AS names_json,
  agent_counts.claims,
  (SELECT count(*) FROM hits) AS hits
FROM agents
JOIN agent_counts ON agent_counts.agent = agents.id
WHERE agents.id IN (SELECT agent FROM hits)
ORDER BY agent_counts.claims DESC, agents.name;
