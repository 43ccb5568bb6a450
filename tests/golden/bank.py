"""examples/bank.rs in Python; bank.out is what CPython 3.11 prints for it."""


class InsufficientFunds(Exception):
    def __init__(self, message, missing):
        super().__init__(message)
        self.missing = missing


class TransferFailed(Exception):
    pass


class Account:
    frozen = False

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.history = []

    def limit(self):
        return 0

    def deposit(self, amount):
        if self.frozen:
            raise ValueError(f"the account of {self.owner} is frozen")
        self.balance += amount
        self.history.append(("deposit", amount))

    def withdraw(self, amount):
        missing = amount - self.balance - self.limit()
        if missing > 0:
            raise InsufficientFunds(f"{self.owner} lacks {missing}", missing)
        self.balance -= amount
        self.history.append(("withdraw", amount))

    def __str__(self):
        return f"{self.owner:<6}{self.balance:>6}"


class CreditAccount(Account):
    def __init__(self, owner, credit):
        super().__init__(owner)
        self.credit = credit

    def limit(self):
        return self.credit


def transfer(source, target, amount):
    source.withdraw(amount)
    try:
        target.deposit(amount)
    except ValueError as problem:
        source.deposit(amount)
        raise TransferFailed(f"{source.owner} keeps {amount}") from problem


def open_accounts():
    return [Account("Ada", 100), CreditAccount("Bob", 50), Account("Cy")]


accounts = open_accounts()
ada, bob, cy = accounts
for source, target, amount in [(ada, bob, 70), (ada, cy, 70), (bob, cy, 100), (bob, ada, 21), (bob, ada, 20)]:
    ada.frozen = source.owner == "Bob" and amount < 21
    try:
        transfer(source, target, amount)
        print(f"moved {amount}")
    except Exception as problem:
        print(f"refused: {problem}")
        if problem.__cause__ is not None:
            print(f"because: {problem.__cause__}")
for account in accounts:
    print(account, account.history)
print("total", sum(account.balance for account in accounts))
