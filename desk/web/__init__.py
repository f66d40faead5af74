"""The pages of the office: sign in, documents, review, the register, the state of the machinery.

Server-rendered, whole without JavaScript, nothing loaded from elsewhere.
"""
