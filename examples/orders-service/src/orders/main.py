"""The application: routers, error handlers, start and stop."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from orders import __version__
from orders.api import customers, health, orders, reports
from orders.errors import DomainError
from orders.settings import load_settings
from orders.storage.database import Database
from orders.storage.idempotency import IdempotencyKeys


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the database and Redis while the application runs."""
    settings = load_settings()
    app.state.settings = settings
    app.state.database = Database(settings.database)
    app.state.database.migrate()
    app.state.idempotency_keys = IdempotencyKeys(settings.redis_url)
    try:
        yield
    finally:
        app.state.idempotency_keys.close()
        app.state.database.close()


def create_app() -> FastAPI:
    """Build the application with all its routers."""
    app = FastAPI(title="orders-service", version=__version__, lifespan=lifespan)
    app.include_router(health.router)
    app.include_router(customers.router)
    app.include_router(orders.router)
    app.include_router(reports.router)

    @app.exception_handler(DomainError)
    async def domain_error(_request: Request, error: DomainError) -> JSONResponse:
        return JSONResponse({"error": error.code, "message": str(error)}, status_code=error.status)

    return app


app = create_app()
