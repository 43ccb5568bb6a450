"""Queens: all ways to place them on a board so that none attacks another."""


class Board:
    def __init__(self, size: int):
        self.size = size
        self.columns = [False] * size
        self.rising = [False] * (2 * size - 1)
        self.falling = [False] * (2 * size - 1)
        self.queens: list[int] = []

    def is_free(self, column: int) -> bool:
        row = len(self.queens)
        return not (self.columns[column] or self.rising[row + column] or self.falling[row - column + self.size - 1])

    def set(self, row: int, column: int, taken: bool):
        self.columns[column] = taken
        self.rising[row + column] = taken
        self.falling[row - column + self.size - 1] = taken

    def place(self, column: int):
        self.set(len(self.queens), column, True)
        self.queens.append(column)

    def take_back(self):
        column = self.queens.pop()
        self.set(len(self.queens), column, False)


def solutions(board: Board) -> int:
    if len(board.queens) == board.size:
        return 1
    found = 0
    for column in range(board.size):
        if board.is_free(column):
            board.place(column)
            found += solutions(board)
            board.take_back()
    return found


def run(times: int) -> int:
    found = 0
    for i in range(times):
        found += solutions(Board(8))
    return found
