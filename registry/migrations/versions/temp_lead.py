"""temporary"""
from alembic import op
import sqlalchemy as sa
from registry.tables import Base
revision="temp"; down_revision=None
def upgrade():
    c=op.get_bind(); Base.metadata.create_all(c)
    c.execute(sa.text("insert into chain values (1,0,:h)"),{'h':'0'*64})
    if c.dialect.name=='sqlite':
        c.execute(sa.text("create virtual table search_text using fts5(search_text, content='', contentless_delete=0, tokenize='trigram')")) if 0 else c.execute(sa.text("create virtual table search_text using fts5(search_text, tokenize='trigram')"))
        for t in ("insert","update"):
            c.execute(sa.text(f"create trigger tmp_{t} after {t} on search begin delete from search_text where rowid=new.id; insert into search_text(rowid,search_text) values (new.id, coalesce(new.head,'')||coalesce(new.body,'')); end"))
