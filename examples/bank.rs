//! Accounts of a bank: classes with inheritance, exceptions with fields and causes, and a transfer that either happens
//! as a whole or not at all. Rust sees the classes as types, and what raises as a `Result`.

use refcycle::gc_script;

gc_script! {
    class InsufficientFunds(Exception) {
        missing: int;
    }

    class TransferFailed(Exception) { }

    class Account {
        owner: str;
        balance: int;
        frozen: bool = False;
        history: list[tuple[str, int]];

        def __init__(self, owner: str, balance: int = 0) {
            self.owner = owner;
            self.balance = balance;
            self.history = [];
        }

        def limit(self) -> int { return 0; }

        def deposit(self, amount: int) raises {
            if self.frozen { raise ValueError(f "the account of {self.owner} is frozen"); }
            self.balance += amount;
            self.history.append(("deposit", amount));
        }

        def withdraw(self, amount: int) raises {
            missing = amount - self.balance - self.limit();
            if missing > 0 { raise InsufficientFunds(f "{self.owner} lacks {missing}", missing); }
            self.balance -= amount;
            self.history.append(("withdraw", amount));
        }

        def __str__(self) -> str { return f "{self.owner:<6}{self.balance:>6}"; }
    }

    class CreditAccount(Account) {
        credit: int;

        def __init__(self, owner: str, credit: int) {
            super().__init__(owner);
            self.credit = credit;
        }

        def limit(self) -> int { return self.credit; }
    }

    def transfer(source: Account, target: Account, amount: int) raises {
        source.withdraw(amount);
        try {
            target.deposit(amount);
        } except ValueError as problem {
            source.deposit(amount);
            raise TransferFailed(f "{source.owner} keeps {amount}") from problem;
        }
    }

    def open_accounts() -> list[Account] { return [Account("Ada", 100), CreditAccount("Bob", 50), Account("Cy")]; }
}

/// Moves money until some of it is missing.
pub fn main() {
    let accounts = open_accounts();
    let [ada, bob, cy] = &accounts.to_vec()[..] else { unreachable!("three accounts were opened") };
    for (source, target, amount) in [(ada, bob, 70), (ada, cy, 70), (bob, cy, 100), (bob, ada, 21), (bob, ada, 20)] {
        ada.set_frozen(source.owner() == "Bob" && amount < 21);
        match transfer(source.clone(), target.clone(), amount) {
            Ok(()) => println!("moved {amount}"),
            Err(problem) => {
                println!("refused: {problem}");
                if let Some(cause) = problem.cause() {
                    println!("because: {cause}");
                }
            }
        }
    }
    gc_script! {
        nonlocal accounts;
        for account in accounts { print(account, account.history); }
        print("total", sum(account.balance for account in accounts));
    }
}
