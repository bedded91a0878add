-- Every agent with all its names and how many claims the articles put in its mouth.
SELECT
  agents.id,
  agents.name,
  agents.type,
  (SELECT json_group_array(name) FROM agent_names WHERE agent_names.agent = agents.id) AS names_json,
  (SELECT count(*) FROM attributions WHERE attributions.speaker = agents.id) AS claims
FROM agents
ORDER BY claims DESC, agents.name;
