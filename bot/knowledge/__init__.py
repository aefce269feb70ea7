"""The facts as typed, validated objects, and the answers built from them.

Imports neither rasa nor rasa_sdk, so that an action server or a test can use it alone.
"""
