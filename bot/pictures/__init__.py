"""Pictures of the rulebook: SVG, which needs no other program, and Mermaid for pages that render it."""
