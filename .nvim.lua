-- For Neovim 0.11 and newer with `set exrc`; it asks once whether this file may run. docs/editors.md tells more.

-- Completion, explanations and marks for mistakes, from the schema that the first line of each record names.
vim.lsp.config("yamlls", {
  cmd = { "yaml-language-server", "--stdio" },
  filetypes = { "yaml" },
  root_markers = { "claimbook.toml", ".git" },
  settings = {
    redhat = { telemetry = { enabled = false } },
    yaml = {
      yamlVersion = "1.2",
      validate = true,
      hover = true,
      completion = true,
      -- `claimbook fmt` lays records out; the language server would break lines elsewhere.
      format = { enable = false },
    },
  },
})
vim.lsp.enable("yamlls")

-- `:make` checks all records and puts what is found in the quickfix list; `:make claims/sources` checks a part.
local own = vim.fn.fnamemodify(".venv/bin/claimbook", ":p")
local command = vim.fn.executable(own) == 1 and vim.fn.shellescape(own) or "claimbook"
vim.opt.makeprg = command .. " check --format concise"
vim.opt.errorformat = "%f:%l:%c: %trror: %m,%f:%l:%c: %tarning: %m,%-G%.%#"
