"""Train a model: ``python train.py`` on the built-in corpus, ``python train.py --train FILE`` on yours (``--help``)."""

from recsys.cli import train_main

if __name__ == "__main__":
    train_main()
