/** Code for each of our rules: what it must report, by lines with `# found`, and what it must leave alone. */
export const ruleCases: Readonly<Record<string, string>> = {
  'sql-from-text': `import sqlalchemy

def find(cursor, name, table):
    cursor.execute(f"SELECT * FROM users WHERE name = '{name}'")  # found
    cursor.execute("SELECT * FROM users WHERE name = '%s'" % name)  # found
    cursor.execute("SELECT * FROM users WHERE name = '{}'".format(name))  # found
    query = "SELECT * FROM users WHERE name = '" + name + "'"
    cursor.execute(query)  # found
    sqlalchemy.text(f"SELECT {name}")  # found
    cursor.execute("SELECT * FROM users WHERE name = %s", (name,))
    cursor.execute("SELECT 1")
    cursor.execute("SELECT * FROM users WHERE name = ?", (f"{name}%",))
`,
  'command-from-request': `import shlex
import subprocess
from flask import request
from fastapi import FastAPI

app = FastAPI()

def convert():
    subprocess.run(["convert", request.args["size"]])  # found
    subprocess.run(["convert", int(request.args["size"])])
    subprocess.run(["convert", "a"])
    subprocess.run("convert " + shlex.quote(request.args["size"]))

@app.get("/x")
def read(name: str):
    subprocess.check_output("cat " + name)  # found

@app.on_event("startup")
def start(name: str):
    subprocess.check_output("cat " + name)
`,
  'shell-with-variable': `import os
import subprocess

def run(command):
    subprocess.call(command, shell=True)  # found
    os.system("ls " + command)  # found
    os.popen(f"ls {command}")  # found
    subprocess.run("ls -l", shell=True)
    os.system("ls")
    subprocess.run(["ls", command])
`,
  'code-from-text': `def run(text):
    eval(text)  # found
    exec(f"x = {text}")  # found
    eval("1 + 1")
    model.eval()
`,
  'template-from-request': `import flask
import jinja2
from flask import request

def page():
    name = request.args.get("name")
    flask.render_template_string("<b>" + name + "</b>")  # found
    jinja2.Template(name)  # found
    flask.render_template_string("<b>{{ name }}</b>", name=name)
    flask.render_template("page.html", name=name)
`,
  'template-without-escaping': `import jinja2
from jinja2 import Environment

jinja2.Environment(loader=loader)  # found
Environment(autoescape=False)  # found
Environment(autoescape=True)
jinja2.Environment(loader=loader, autoescape=jinja2.select_autoescape())
`,
  'address-from-request': `import httpx
import requests
from flask import request

def fetch():
    requests.get(request.args["url"])  # found
    httpx.post("https://" + request.form["host"])  # found
    requests.get("https://example.org/", params={"q": request.args["q"]})
    requests.get("https://example.org/" + str(int(request.args["page"])))

async def proxy(request):
    url = request.query_params["url"]
    httpx.get(url)  # found
`,
  'redirect-from-request': `import flask
from flask import redirect, request, url_for

def back():
    redirect(request.args["next"])  # found
    redirect(url_for("index", page=request.args["page"]))
    redirect("/")
`,
  'path-from-request': `import os
from flask import request, send_file
from werkzeug.utils import secure_filename

def download():
    send_file("/srv/" + request.args["file"])  # found
    open(request.args["file"])  # found
    open("/srv/" + secure_filename(request.args["file"]))
    open("/srv/fixed")
`,
  'unsafe-deserialization': `import pickle
import yaml
import json

def load(data):
    pickle.loads(data)  # found
    yaml.load(data, Loader=yaml.Loader)  # found
    yaml.load(data)  # found
    yaml.load(data, Loader=yaml.SafeLoader)
    yaml.safe_load(data)
    json.loads(data)
    pickle.dumps(data)
`,
  'fast-password-hash': `import hashlib

def store(password, salt, document, user):
    hashlib.md5(password.encode()).hexdigest()  # found
    hashlib.sha256(user.password)  # found
    hashlib.sha512(salt + password.encode())  # found
    hashlib.scrypt(password.encode(), salt=salt, n=2, r=8, p=1)
    hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600000)
    hashlib.sha256(document)
`,
  'certificate-not-checked': `import ssl
import requests
import httpx

def fetch(session):
    requests.get("https://example.org", verify=False)  # found
    httpx.Client(verify=False)  # found
    session.verify = False  # found
    ssl._create_unverified_context()  # found
    requests.get("https://example.org", verify="authority.pem")
    requests.get("https://example.org")
`,
  'debugger-in-service': `from flask import Flask
from fastapi import FastAPI

app = Flask(__name__)
app.run(debug=True)  # found
app.run(host="0.0.0.0", debug=True, port=1)  # found
app.debug = True  # found
FastAPI(debug=True)  # found
app.run(debug=False)
app.run(debug=settings.debug)
app.run()
`,
  'jwt-key-in-code': `import jwt

def sign(claims, key, token):
    jwt.encode(claims, "not-very-secret", algorithm="HS256")  # found
    jwt.decode(token, 'not-very-secret', algorithms=["HS256"])  # found
    jwt.encode(claims, key, algorithm="HS256")
    jwt.encode(claims, settings.key)
    jwt.decode(token, options={"verify_signature": True})
`,
  'jwt-not-verified': `import jwt

def read(token, key):
    jwt.decode(token, options={"verify_signature": False})  # found
    jwt.decode(token, key, verify=False)  # found
    jwt.decode(token, key, algorithms=["HS256", "none"])  # found
    jwt.decode(token, key, algorithms=["HS256"])
`,
  'archive-leaves-folder': `import tarfile

def unpack(path):
    archive = tarfile.open(path)
    archive.extractall("out")  # found
    tarfile.open(path).extractall()  # found

def unpack_with(path):
    with tarfile.open(path) as archive:
        archive.extractall("out")  # found

def unpack_safely(path):
    with tarfile.open(path) as archive:
        archive.extractall("out", filter="data")
    other = tarfile.open(path)
    other.extractall("out", filter="data")
`,
  'guessable-temporary-file': `import tempfile

tempfile.mktemp()  # found
tempfile.mkstemp()
`,
  'xml-with-entities': `import xml.etree.ElementTree as ET
from xml.dom import minidom
from lxml import etree
import defusedxml.ElementTree

def read(text):
    ET.fromstring(text)  # found
    minidom.parseString(text)  # found
    etree.XMLParser(resolve_entities=True)  # found
    etree.XMLParser(resolve_entities=False)
    defusedxml.ElementTree.fromstring(text)
`,
  'guessable-secret': `import random
import secrets

token = random.randint(0, 10**6)  # found
reset_password = "".join(random.choice("abc") for _ in range(8))  # found
colour = random.choice(["red", "green"])
token = secrets.token_urlsafe()
`,
  'any-origin-with-credentials': `from fastapi.middleware.cors import CORSMiddleware

app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)  # found
app.add_middleware(CORSMiddleware, allow_origins=["*"])
app.add_middleware(CORSMiddleware, allow_origins=["https://example.org"], allow_credentials=True)
`,
}
