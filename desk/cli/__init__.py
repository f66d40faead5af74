"""Commands for operators: `congvan …`. Never imports Prefect; long-running parts are started as processes."""
