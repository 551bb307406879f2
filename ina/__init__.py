"""ina: integration planning, network building and labour-market integration for people leaving prison."""

__version__ = "0.1.0"
