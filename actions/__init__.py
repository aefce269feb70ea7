"""The assistant's custom actions: thin readers of slots that ask bot.answers and say the reply.

Imports rasa_sdk but never rasa, so that an action server starts without TensorFlow.
"""
