/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>

#include "api/avatar.h"
#include "api/network_facts.h"
#include "api/xml.h"
#include "base/alloc.h"

/*
 * A picture that needs nothing else: attributes instead of a style sheet,
 * which the server's own policy would keep a browser from applying.
 *
 * Everything is in the units of the places. A "dot" is a thousandth of the
 * picture's longer side: texts are measured in it, so that they are readable
 * when the whole is looked at.
 */
#define DOTS 1000
#define MIN_SIDE 480 /* units; a single disc is not blown up */
#define MIN_WIDTH_DOTS 760
#define HEAD_DOTS 64
#define FOOT_DOTS 46
#define MARGIN_DOTS 16
#define PIXELS_PER_DOT 1.2

#define INK "#1d2430"
#define MUTED "#5b6675"

#define MAX_LABELS 300
#define LABEL_BYTES 48
#define CHARACTER_EM 0.56 /* of a sans-serif, on average */

struct box {
    double left, top, right, bottom;
};

struct picture {
    struct eco_buf *out;
    const struct eco_snap *s;
    const struct eco_network_query *q;
    const struct eco_network *net;
    struct box all; /* with head and foot */
    double dot;     /* units */
    double line;    /* width of an edge */
    bool is_filtered;
};

/* Lengths of dashes and gaps, in widths of the line: first as a relation is
 * drawn, then indirectly: the same with wide gaps. */
static const double dashes[2][ECO_RELATIONS][4] = {
    {
        [ECO_ADAPTER] = { 7, 3 },
        [ECO_FINETUNE] = { 0 },
        [ECO_MERGE] = { 7, 2.5, 1.5, 2.5 },
        [ECO_QUANTIZED] = { 2, 2 },
    },
    {
        [ECO_ADAPTER] = { 7, 10 },
        [ECO_FINETUNE] = { 14, 10 },
        [ECO_MERGE] = { 7, 8, 1.5, 8 },
        [ECO_QUANTIZED] = { 2, 8 },
    },
};

static void put(const struct picture *p, const char *text)
{
    eco_buf_append_c(p->out, text);
}

static void put_number(const struct picture *p, const char *before, double v)
{
    eco_buf_append_c(p->out, before);
    eco_buf_append_fixed(p->out, v, 2);
}

/* --- how large it is -------------------------------------------------------------- */

static struct box bounds(const struct eco_network *net)
{
    struct box b = { 0 };

    for (uint32_t i = 0; i < net->n; i++) {
        const struct eco_network_node *v = &net->nodes[i];
        double x = (double)v->x, y = (double)v->y, r = (double)v->r;

        b.left = fmin(b.left, x - r);
        b.right = fmax(b.right, x + r);
        b.top = fmin(b.top, y - r);
        b.bottom = fmax(b.bottom, y + r);
    }
    return b;
}

static void widen(double *low, double *high, double least)
{
    double missing = least - (*high - *low);

    if (missing > 0) {
        *low -= missing / 2;
        *high += missing / 2;
    }
}

static double smallest_radius(const struct eco_network *net)
{
    float r = INFINITY;

    for (uint32_t i = 0; i < net->n; i++)
        r = fminf(r, net->nodes[i].r);
    return net->n ? (double)r : 1;
}

static void measure(struct picture *p)
{
    struct box *b = &p->all;

    *b = bounds(p->net);
    widen(&b->left, &b->right, MIN_SIDE);
    widen(&b->top, &b->bottom, MIN_SIDE / 2.0);
    p->dot = fmax(b->right - b->left, b->bottom - b->top) / DOTS;
    widen(&b->left, &b->right, MIN_WIDTH_DOTS * p->dot);
    b->left -= MARGIN_DOTS * p->dot;
    b->right += MARGIN_DOTS * p->dot;
    b->top -= HEAD_DOTS * p->dot;
    b->bottom += FOOT_DOTS * p->dot;
    p->line = fmin(p->dot, smallest_radius(p->net) / 4);
}

/* --- edges ------------------------------------------------------------------------- */

struct arrow {
    double x0, y0, x1, y1; /* from disc to disc */
    double dx, dy;         /* direction, of length 1 */
    double head;           /* length of the point */
};

/* `lane`: how many edges lie between the same discs already. False when there
 * is no room between the discs. */
static bool arrow_of(const struct picture *p,
                     const struct eco_network_edge *edge, unsigned lane,
                     struct arrow *a)
{
    const struct eco_network_node *from = &p->net->nodes[edge->source];
    const struct eco_network_node *to = &p->net->nodes[edge->target];
    double dx = (double)to->x - (double)from->x;
    double dy = (double)to->y - (double)from->y;
    double length = hypot(dx, dy), shift = lane * 3 * p->line;
    double begin = (double)from->r, end = length - (double)to->r;

    if (!(end > begin))
        return false;
    a->dx = dx / length;
    a->dy = dy / length;
    a->x0 = (double)from->x + a->dx * begin - a->dy * shift;
    a->y0 = (double)from->y + a->dy * begin + a->dx * shift;
    a->x1 = (double)from->x + a->dx * end - a->dy * shift;
    a->y1 = (double)from->y + a->dy * end + a->dx * shift;
    a->head = fmin(5 * p->line, (end - begin) * 0.6);
    return true;
}

static void put_shaft(const struct picture *p, const struct arrow *a)
{
    put_number(p, "M", a->x0);
    put_number(p, " ", a->y0);
    put_number(p, "L", a->x1 - a->dx * a->head * 0.8);
    put_number(p, " ", a->y1 - a->dy * a->head * 0.8);
}

static void put_point(const struct picture *p, const struct arrow *a)
{
    double x = a->x1 - a->dx * a->head, y = a->y1 - a->dy * a->head;
    double half = a->head * 0.4;

    put_number(p, "M", a->x1);
    put_number(p, " ", a->y1);
    put_number(p, "L", x - a->dy * half);
    put_number(p, " ", y + a->dx * half);
    put_number(p, "L", x + a->dy * half);
    put_number(p, " ", y - a->dx * half);
    put(p, "Z");
}

static void
put_edges_of(const struct picture *p, unsigned relation, bool indirect,
             void (*draw)(const struct picture *, const struct arrow *))
{
    const struct eco_network_edge *edges = p->net->edges;
    unsigned lane = 0;

    for (uint64_t i = 0; i < p->net->m && !p->out->failed; i++) {
        const struct eco_network_edge *edge = &edges[i];
        struct arrow a;

        lane = i && edge[-1].source == edge->source &&
                       edge[-1].target == edge->target
                   ? lane + 1
                   : 0;
        if (edge->relation == relation && edge->indirect == indirect &&
            arrow_of(p, edge, lane, &a))
            draw(p, &a);
    }
}

static void put_dashes(const struct picture *p, unsigned relation,
                       bool indirect)
{
    const double *dash = dashes[indirect][relation];

    if (dash[0] == 0)
        return;
    put(p, " stroke-dasharray=\"");
    for (int i = 0; i < 4 && dash[i] > 0; i++)
        put_number(p, i ? " " : "", dash[i] * p->line);
    put(p, "\"");
}

static void put_edges(const struct picture *p)
{
    bool is_used[2 * ECO_RELATIONS] = { 0 };

    for (uint64_t i = 0; i < p->net->m; i++)
        is_used[2 * p->net->edges[i].relation + p->net->edges[i].indirect] =
            true;
    for (unsigned i = 0; i < 2 * ECO_RELATIONS; i++) {
        unsigned relation = i / 2;
        bool indirect = i % 2;

        if (!is_used[i])
            continue;
        eco_buf_printf(p->out,
                       "<g class=\"%s%s\" opacity=\"%s\" fill=\"#%06x\" "
                       "stroke=\"#%06x\"",
                       eco_relation_name((enum eco_relation)relation),
                       indirect ? " indirect" : "", indirect ? "0.6" : "0.75",
                       eco_network_colours[relation],
                       eco_network_colours[relation]);
        put_number(p, " stroke-width=\"", p->line);
        put(p, "\"><path fill=\"none\"");
        put_dashes(p, relation, indirect);
        put(p, " d=\"");
        put_edges_of(p, relation, indirect, put_shaft);
        put(p, "\"/><path stroke=\"none\" d=\"");
        put_edges_of(p, relation, indirect, put_point);
        put(p, "\"/></g>\n");
    }
}

/* --- discs --------------------------------------------------------------------------- */

static const char *look_of(const struct picture *p, unsigned flags)
{
    if (p->is_filtered && !(flags & ECO_NETWORK_MATCH))
        return " opacity=\"0.25\"";
    if (flags & ECO_NETWORK_REMOVED)
        return " opacity=\"0.5\"";
    return "";
}

static void put_disc(const struct picture *p, uint32_t node)
{
    const struct eco_network_node *v = &p->net->nodes[node];
    struct eco_network_id id = eco_api_network_id(p->s, p->net, node);
    struct eco_str author = eco_snap_author_name(p->s, v->author);

    put_number(p, "<circle cx=\"", (double)v->x);
    put_number(p, "\" cy=\"", (double)v->y);
    put_number(p, "\" r=\"", (double)v->r);
    eco_buf_printf(p->out, "\" fill=\"#%06x\"%s", eco_avatar_colour(author),
                   look_of(p, v->flags));
    if (v->flags & ECO_NETWORK_PLACEHOLDER) {
        put_number(p,
                   " fill-opacity=\"0.35\" stroke=\"" MUTED
                   "\" stroke-dasharray=\"",
                   2 * p->line);
        put_number(p, "\" stroke-width=\"", p->line);
        put(p, "\"");
    } else if (v->flags & ECO_NETWORK_ROOT) {
        put_number(p, " stroke=\"" INK "\" stroke-width=\"", 2 * p->line);
        put(p, "\"");
    }
    put(p, "><title>");
    eco_buf_append_str(p->out, id.prefix);
    eco_xml_put(p->out, id.text);
    put(p, "</title></circle>\n");
}

/* Letters that nobody can read are left out. */
static void put_initials(const struct picture *p, uint32_t node)
{
    const struct eco_network_node *v = &p->net->nodes[node];
    double r = (double)v->r;
    char text[3];

    if (r < 4 * p->dot)
        return;
    eco_avatar_initials(eco_snap_author_name(p->s, v->author), text);
    put_number(p, "<text x=\"", (double)v->x);
    put_number(p, "\" y=\"", (double)v->y + 0.28 * r);
    put_number(p, "\" font-size=\"", 0.8 * r);
    eco_buf_printf(p->out, "\"%s>%s</text>", look_of(p, v->flags), text);
}

static void put_discs(const struct picture *p)
{
    put(p, "<g class=\"discs\">\n");
    for (uint32_t i = 0; i < p->net->n && !p->out->failed; i++)
        put_disc(p, i);
    put(p, "</g>\n<g class=\"initials\" font-family=\"sans-serif\" "
           "font-weight=\"600\" text-anchor=\"middle\" fill=\"#fff\">");
    for (uint32_t i = 0; i < p->net->n && !p->out->failed; i++)
        put_initials(p, i);
    put(p, "</g>\n");
}

/* --- labels ---------------------------------------------------------------------------- */

struct sized {
    float r;
    uint32_t node;
};

static int larger_first(const void *a, const void *b)
{
    const struct sized *x = a, *y = b;

    if (x->r != y->r)
        return x->r < y->r ? 1 : -1;
    return (x->node > y->node) - (x->node < y->node);
}

static bool boxes_meet(const struct box *a, const struct box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom &&
           b->top < a->bottom;
}

static bool is_on_disc(const struct box *b, const struct eco_network_node *v)
{
    double dx = fmax(fmax(b->left - (double)v->x, (double)v->x - b->right), 0);
    double dy = fmax(fmax(b->top - (double)v->y, (double)v->y - b->bottom), 0);

    return dx * dx + dy * dy < (double)v->r * (double)v->r;
}

/* May the k-th largest disc have its label here? It may cover small discs, but
 * no label and no disc that is not much smaller. */
static bool is_free(const struct picture *p, const struct sized *sized,
                    uint32_t k, const struct box *labels, uint32_t n_labels,
                    const struct box *b)
{
    if (b->left < p->all.left || b->right > p->all.right)
        return false;
    for (uint32_t i = 0; i < n_labels; i++)
        if (boxes_meet(b, &labels[i]))
            return false;
    for (uint32_t i = 0; i < p->net->n && sized[i].r >= 0.3f * sized[k].r; i++)
        if (i != k && is_on_disc(b, &p->net->nodes[sized[i].node]))
            return false;
    return true;
}

/* The first LABEL_BYTES of a name, whole characters only, and how many
 * characters these are. */
static struct eco_str shorten(struct eco_str name, unsigned *characters)
{
    struct eco_str rest = name;
    size_t len = 0;

    *characters = 0;
    while (rest.len) {
        size_t step = (size_t)abs(eco_str_character(rest));

        if (len + step > LABEL_BYTES)
            break;
        len += step;
        rest = eco_str_skip(rest, step);
        ++*characters;
    }
    return (struct eco_str){ name.ptr, len };
}

/* The name without its owner. */
static struct eco_str label_of(const struct picture *p, uint32_t node)
{
    struct eco_str id = eco_api_network_id(p->s, p->net, node).text;
    size_t slash = eco_str_find(id, '/');

    return slash < id.len ? eco_str_skip(id, slash + 1) : id;
}

static void put_label(const struct picture *p, struct eco_str text, bool is_cut,
                      const struct box *b, double size)
{
    put_number(p, "<text x=\"", (b->left + b->right) / 2);
    put_number(p, "\" y=\"", b->bottom - 0.25 * size);
    put_number(p, "\" font-size=\"", size);
    put(p, "\">");
    eco_xml_put(p->out, text);
    put(p, is_cut ? "\xe2\x80\xa6</text>" : "</text>");
}

/* Below the disc, above it, or nowhere. */
static void try_label(const struct picture *p, const struct sized *sized,
                      uint32_t k, struct box *labels, uint32_t *n_labels)
{
    const struct eco_network_node *v = &p->net->nodes[sized[k].node];
    struct eco_str name = label_of(p, sized[k].node);
    unsigned characters;
    struct eco_str text = shorten(name, &characters);
    double size = fmin(fmax((double)v->r / 2, 10 * p->dot), 16 * p->dot);
    double half = size * CHARACTER_EM * (characters + 1) / 2;
    double at[2] = { (double)v->y + (double)v->r + 0.1 * size,
                     (double)v->y - (double)v->r - 1.3 * size };

    for (int i = 0; i < 2 && characters; i++) {
        struct box b = { (double)v->x - half, at[i], (double)v->x + half,
                         at[i] + 1.2 * size };

        if (!is_free(p, sized, k, labels, *n_labels, &b))
            continue;
        labels[(*n_labels)++] = b;
        put_label(p, text, text.len < name.len, &b, size);
        return;
    }
}

static int put_labels(const struct picture *p, struct eco_err *err)
{
    uint32_t n = p->net->n, n_labels = 0;
    struct sized *sized = eco_alloc_array(n, sizeof(*sized));
    struct box *labels = eco_alloc_array(MAX_LABELS, sizeof(*labels));
    int rc = 0;

    if (!sized || !labels) {
        rc = eco_fail(err, ECO_ENOMEM, "no memory for %u labels", n);
        goto done;
    }
    for (uint32_t i = 0; i < n; i++)
        sized[i] = (struct sized){ p->net->nodes[i].r, i };
    qsort(sized, n, sizeof(*sized), larger_first);
    put(p, "<g class=\"labels\" font-family=\"sans-serif\" "
           "text-anchor=\"middle\" fill=\"" INK
           "\" stroke=\"#fff\" paint-order=\"stroke\" stroke-linejoin="
           "\"round\"");
    put_number(p, " stroke-width=\"", 3 * p->dot);
    put(p, "\">\n");
    for (uint32_t k = 0; k < n && k < MAX_LABELS; k++)
        try_label(p, sized, k, labels, &n_labels);
    put(p, "</g>\n");
done:
    eco_free(sized);
    eco_free(labels);
    return rc;
}

/* --- around it ---------------------------------------------------------------------------- */

/* The beginning of a text at a place given in dots from a corner. */
static void begin_text(const struct picture *p, double x, double y, double size,
                       const char *colour)
{
    put_number(p, "<text x=\"", x);
    put_number(p, "\" y=\"", y);
    put_number(p, "\" font-size=\"", size * p->dot);
    eco_buf_printf(p->out, "\" fill=\"%s\">", colour);
}

static void put_heading(const struct picture *p)
{
    double left = p->all.left + MARGIN_DOTS * p->dot;
    struct eco_str first = eco_snap_id(p->s, p->q->roots[0]);
    enum eco_data_kind data = (enum eco_data_kind)p->s->meta->data;
    char day[ECO_DAY_TEXT_BYTES];
    unsigned characters;
    struct eco_str text = shorten(first, &characters);

    begin_text(p, left, p->all.top + 26 * p->dot, 20, INK);
    eco_xml_put(p->out, text);
    put(p, text.len < first.len ? "\xe2\x80\xa6" : "");
    if (p->q->n_roots > 1)
        eco_buf_printf(p->out, " and %u more", p->q->n_roots - 1);
    put(p, "</text>");
    begin_text(p, left, p->all.top + 46 * p->dot, 13, MUTED);
    eco_buf_printf(p->out, "What grew out of it: %u models, view %s, as of %s",
                   p->net->models, eco_network_view_name(p->q->view),
                   eco_day_format(p->s->meta->as_of_day, day));
    if (p->q->has_until)
        eco_buf_printf(p->out, ", until %s", eco_day_format(p->q->until, day));
    put(p, "</text>");
    if (data != ECO_DATA_HUB) {
        put_number(p, "<text text-anchor=\"end\" x=\"",
                   p->all.right - MARGIN_DOTS * p->dot);
        put_number(p, "\" y=\"", p->all.top + 26 * p->dot);
        put_number(p, "\" font-size=\"", 15 * p->dot);
        eco_buf_printf(p->out,
                       "\" font-weight=\"600\" fill=\"#a32020\">%s "
                       "data</text>\n",
                       eco_data_kind_name(data));
    }
}

static void put_sample(const struct picture *p, unsigned relation,
                       bool indirect, double x, double y, const char *text)
{
    struct picture thick = *p; /* lines that can be seen */

    thick.line = (indirect ? 1 : 2) * p->dot;
    eco_buf_printf(p->out, "<path fill=\"none\" stroke=\"#%06x\"",
                   indirect ? 0x5b6675 : eco_network_colours[relation]);
    put_dashes(&thick, relation, indirect);
    put_number(p, " stroke-width=\"", thick.line);
    put_number(p, "\" d=\"M", x);
    put_number(p, " ", y);
    put_number(p, "H", x + 40 * p->dot);
    put(p, "\"/>");
    begin_text(p, x + 46 * p->dot, y + 4 * p->dot, 12, INK);
    put(p, text);
    put(p, "</text>\n");
}

static void put_legend(const struct picture *p)
{
    double x = p->all.left + MARGIN_DOTS * p->dot;
    double y = p->all.bottom - 26 * p->dot;

    put(p, "<g class=\"legend\">");
    for (unsigned i = 0; i < ECO_RELATIONS; i++)
        put_sample(p, i, false, x + i * 115 * p->dot, y,
                   eco_relation_name((enum eco_relation)i));
    put_sample(p, ECO_FINETUNE, true, x + 460 * p->dot, y,
               "wide gaps: over hidden models");
    begin_text(p, x, p->all.bottom - 8 * p->dot, 11, MUTED);
    put(p, "A disc is a model, its area the influence, its colour the author. "
           "An arrow goes from a base to what was made from it.</text></g>\n");
}

static void put_begin(const struct picture *p)
{
    double width = p->all.right - p->all.left;
    double height = p->all.bottom - p->all.top;
    double pixels = PIXELS_PER_DOT / p->dot;

    eco_xml_begin(p->out);
    put(p, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
           "font-family=\"sans-serif\"");
    put_number(p, " width=\"", round(width * pixels));
    put_number(p, "\" height=\"", round(height * pixels));
    put_number(p, "\" viewBox=\"", p->all.left);
    put_number(p, " ", p->all.top);
    put_number(p, " ", width);
    put_number(p, " ", height);
    put(p, "\">\n<title>");
    eco_api_network_put_title(p->out, p->s, p->q);
    put_number(p, "</title>\n<rect fill=\"#fff\" x=\"", p->all.left);
    put_number(p, "\" y=\"", p->all.top);
    put_number(p, "\" width=\"", width);
    put_number(p, "\" height=\"", height);
    put(p, "\"/>\n");
}

int eco_api_network_write_svg(struct eco_buf *out, const struct eco_snap *s,
                              const struct eco_network_query *q,
                              const struct eco_network *net,
                              struct eco_err *err)
{
    struct picture p = {
        .out = out,
        .s = s,
        .q = q,
        .net = net,
        .is_filtered = !q->cut && eco_filter_is_on(&q->filter),
    };
    int rc;

    measure(&p);
    put_begin(&p);
    put_edges(&p);
    put_discs(&p);
    rc = put_labels(&p, err);
    if (rc)
        return rc;
    put_heading(&p);
    put_legend(&p);
    put(&p, "</svg>\n");
    return eco_buf_check(out, "picture of a network", err);
}
