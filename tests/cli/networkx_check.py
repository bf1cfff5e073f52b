# SPDX-License-Identifier: MIT
"""networkx_check.py JSON GEXF GRAPHML - do the three tell the same?"""

import json
import sys

import networkx
from networkx.readwrite.gexf import GEXF, GEXFReader

# networkx 2.8 knows the names of GEXF up to 1.2; the elements are the same.
GEXF.versions["1.3"] = {
    **GEXF.versions["1.2draft"],
    "NS_GEXF": "http://gexf.net/1.3",
    "NS_VIZ": "http://gexf.net/1.3/viz",
    "VERSION": "1.3",
}


def expected_node(node):
    """The attributes of a node of the JSON form, as other forms name them."""
    attributes = {k: v for k, v in node.items() if k not in ("id", "author", "r")}
    attributes["author"] = node["author"]["name"]
    attributes["author_full_name"] = node["author"]["full_name"]
    attributes["author_kind"] = node["author"]["kind"]
    attributes["radius"] = node["r"]
    return {k: v for k, v in attributes.items() if v is not None and v != ""}


def expected_edges(network):
    edges = []
    for edge in network["edges"]:
        attributes = {k: v for k, v in edge.items() if k not in ("source", "target")}
        edges.append((edge["source"], edge["target"], attributes))
    return edges


def unpack_viz(attributes):
    """Places and sizes of GEXF under the names of the other forms."""
    viz = attributes.pop("viz")
    colour = viz["color"]
    assert all(0 <= colour[c] <= 255 for c in "rgb"), colour
    label = attributes.pop("label")
    return {
        **attributes,
        "x": viz["position"]["x"],
        "y": viz["position"]["y"],
        "radius": viz["size"],
    }, label


def same(what, got, wanted):
    assert got.keys() == wanted.keys(), f"{what}: {got.keys() ^ wanted.keys()}"
    for key, value in wanted.items():
        assert got[key] == value, f"{what}: {key} is {got[key]!r}, not {value!r}"
        is_bool = isinstance(value, bool)
        assert isinstance(got[key], bool) == is_bool, f"{what}: type of {key}"


def check(graph, network, unpack):
    nodes, edges = network["nodes"], expected_edges(network)
    assert graph.is_directed()
    assert graph.number_of_nodes() == len(nodes) == network["counts"]["nodes"]
    assert graph.number_of_edges() == len(edges) == network["counts"]["edges"]
    for node in nodes:
        attributes, label = unpack(dict(graph.nodes[node["id"]]))
        assert label in (None, node["id"])
        same(node["id"], attributes, expected_node(node))
    for source, target, wanted in edges:
        found = graph.get_edge_data(source, target)
        several = found.values() if graph.is_multigraph() else [found]
        for attributes in several:
            own = {k: v for k, v in attributes.items() if k not in ("id", "weight")}
            if own == wanted:
                assert attributes.get("weight", wanted["count"]) == wanted["count"]
                break
        else:
            raise AssertionError(f"{source} -> {target}: {found}, not {wanted}")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        network = json.load(file)
    gexf = GEXFReader(version="1.3")(sys.argv[2])
    check(gexf, network, unpack_viz)
    graphml = networkx.read_graphml(sys.argv[3])
    check(graphml, network, lambda attributes: (attributes, None))
    assert graphml.graph["as_of"] == network["as_of"]
    assert graphml.graph["data"] == network["data"]
    assert graphml.graph["view"] == network["view"]


main()
