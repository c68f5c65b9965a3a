// Writing a model's configuration; see json_read.cpp for the way back.
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/number_text.hpp"
#include "nn/json.hpp"

namespace ziffer::nn {
namespace {

using nlohmann::ordered_json;

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

ordered_json extent_json(Extent e) { return ordered_json::array({e.height, e.width}); }

ordered_json shape_json(const Shape& s) { return ordered_json(s.dims()); }

/// 0.3F as 0.3, not as 0.30000001192092896: the double whose text is the shortest that reads back
/// as this float.
double shortest(float x) { return std::strtod(number_text(x).c_str(), nullptr); }

/// Keras 3 finds a class by its module; Keras 2 ignores that.
ordered_json object(const char* module, const char* name, ordered_json config) {
  return {{"module", module},
          {"class_name", name},
          {"config", std::move(config)},
          {"registered_name", nullptr}};
}

/// Text for any name: what is not UTF-8 is replaced, where dump() alone would throw.
std::string text_of(const ordered_json& v) {
  return v.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

template <class Pool>
void write_pool(ordered_json& c, const Pool& p) {
  c["pool_size"] = extent_json(p.pool_size);
  c["padding"] = word(p.padding);
  c["strides"] = extent_json(p.strides);
}

ordered_json layer_config(const Layer& layer) {
  ordered_json c{{"name", layer.name}};
  if (!layer.trainable) c["trainable"] = false;
  std::visit(Overloaded{
                 [&](const Conv2D& k) {
                   c["filters"] = k.filters;
                   c["kernel_size"] = extent_json(k.kernel_size);
                   c["strides"] = extent_json(k.strides);
                   c["padding"] = word(k.padding);
                   c["activation"] = word(k.activation);
                   c["use_bias"] = k.use_bias;
                   c["kernel_initializer"] = word(k.kernel_initializer);
                   c["bias_initializer"] = word(k.bias_initializer);
                 },
                 [&](const MaxPooling2D& p) { write_pool(c, p); },
                 [&](const AveragePooling2D& p) { write_pool(c, p); },
                 [&](const Flatten&) {},
                 [&](const Dense& d) {
                   c["units"] = d.units;
                   c["activation"] = word(d.activation);
                   c["use_bias"] = d.use_bias;
                   c["kernel_initializer"] = word(d.kernel_initializer);
                   c["bias_initializer"] = word(d.bias_initializer);
                 },
                 [&](const Dropout& d) { c["rate"] = shortest(d.rate); },
                 [&](const ActivationLayer& a) {
                   if (!a.own_class) c["activation"] = word(a.activation);
                 },
                 [&](const Rescaling& s) {
                   c["scale"] = shortest(s.scale);
                   c["offset"] = shortest(s.offset);
                 },
                 [&](const BatchNormalization& b) {
                   c["momentum"] = shortest(b.momentum);
                   c["epsilon"] = shortest(b.epsilon);
                   c["center"] = b.center;
                   c["scale"] = b.scale;
                   c["beta_initializer"] = word(b.beta_initializer);
                   c["gamma_initializer"] = word(b.gamma_initializer);
                   c["moving_mean_initializer"] = word(b.moving_mean_initializer);
                   c["moving_variance_initializer"] = word(b.moving_variance_initializer);
                 },
             },
             layer.kind);
  return c;
}

}  // namespace

std::string to_json(const Sequential& model) {
  ordered_json batch = ordered_json::array({nullptr});
  for (const int d : model.input().dims()) batch.push_back(d);
  ordered_json layers = ordered_json::array();
  layers.push_back(object("keras.layers", "InputLayer",
                          {{"batch_shape", batch}, {"dtype", "float32"}, {"name", "input_layer"}}));
  for (const Layer& layer : model.layers()) {
    layers.push_back(object("keras.layers", class_name(layer.kind), layer_config(layer)));
  }
  const ordered_json root =
      object("keras", "Sequential", {{"name", model.name()}, {"layers", layers}});
  return text_of(root);
}

std::string layers_json(const Sequential& model) {
  ordered_json out = ordered_json::array();
  for (const Layer& layer : model.layers()) {
    ordered_json regions = ordered_json::array();
    for (const Parameter& p : layer.parameters) {
      regions.push_back({{"name", p.name}, {"shape", shape_json(p.shape)}, {"offset", p.offset}});
    }
    out.push_back({{"name", layer.name},
                   {"class_name", class_name(layer.kind)},
                   {"input_shape", shape_json(layer.input)},
                   {"output_shape", shape_json(layer.output)},
                   {"parameters", layer.parameter_count()},
                   {"regions", regions}});
  }
  return text_of(out);
}

}  // namespace ziffer::nn
