use petgraph::EdgeType;
use petgraph::graph::{EdgeIndex, Graph, IndexType, NodeIndex};
use petgraph::stable_graph::StableGraph;

super::containers! {
    [N, E; D: EdgeType + 'static, I: IndexType + 'static] Graph<N, E, D, I> => |this, tracer| {
        this.node_weights().for_each(|node| node.trace(tracer));
        this.edge_weights().for_each(|edge| edge.trace(tracer));
    };
    [N, E; D: EdgeType + 'static, I: IndexType + 'static] StableGraph<N, E, D, I> => |this, tracer| {
        this.node_weights().for_each(|node| node.trace(tracer));
        this.edge_weights().for_each(|edge| edge.trace(tracer));
    };
}

super::plain!([I: 'static] NodeIndex<I>, [I: 'static] EdgeIndex<I>);
