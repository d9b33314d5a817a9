"""Is it up, is it ready, what is it."""

from fastapi import APIRouter, Request, Response

from orders import __version__

router = APIRouter(tags=["health"])


@router.get("/health")
def health() -> dict[str, str]:
    """Alive."""
    return {"status": "ok", "version": __version__}


@router.get("/ready")
def ready(request: Request, response: Response) -> dict[str, str]:
    """Able to serve: the database answers."""
    try:
        request.app.state.database.connection.execute("SELECT 1")
    except Exception:
        response.status_code = 503
        return {"database": "unreachable"}
    return {"database": "ok"}
