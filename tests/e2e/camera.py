"""What the fake camera sees: a small moving picture, cheap to encode on the two cores of a test machine."""

from pathlib import Path

WIDTH, HEIGHT, RATE = 320, 180, 15


def write_bar(path: Path, frames: int = 30) -> None:
    """Write a bright bar that wanders over a calm ground, as YUV4MPEG2 with 4:2:0 planes."""
    chroma = bytes([118]) * (WIDTH // 2 * (HEIGHT // 2)) + bytes([110]) * (WIDTH // 2 * (HEIGHT // 2))
    with path.open("wb") as out:
        out.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for frame in range(frames):
            left = WIDTH * frame // frames
            row = bytes(200 if (x - left) % WIDTH < 24 else 60 + x // 4 for x in range(WIDTH))
            out.write(b"FRAME\n" + row * HEIGHT + chroma)
