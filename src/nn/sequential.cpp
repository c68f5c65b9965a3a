#include "nn/sequential.hpp"

#include <algorithm>

#include "config/fields.hpp"
#include "config/kinds.hpp"
#include "core/error.hpp"
#include "nn/initializers.hpp"

namespace ziffer::nn {
namespace {

constexpr int kLargestExtent = 1 << 14;
constexpr std::uint64_t kLargestActivation = 1 << 24;
constexpr std::size_t kMostLayers = 256;
// Together at most 512 MB of floats for one image, and some seconds: VGG16 at 224×224 needs 15 Mi
// activations, 28 Mi patches and 15.3 billion multiplications.
constexpr std::uint64_t kMostParameters = 1 << 26;
constexpr std::uint64_t kMostActivations = 1 << 25;
constexpr std::uint64_t kMostPatches = 1 << 25;
constexpr std::uint64_t kMostWork = std::uint64_t{1} << 34;

/// `MaxPooling2D` → `max_pooling2d`, `PReLU` → `p_re_lu`, as Keras names layers by default.
std::string snake_case(const std::string& name) {
  const auto is = [&name](std::size_t i, char first, char last) {
    return i < name.size() && name[i] >= first && name[i] <= last;
  };
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool upper = is(i, 'A', 'Z');
    const bool begins = is(i + 1, 'a', 'z') || (i > 0 && is(i - 1, 'a', 'z'));
    if (i > 0 && upper && begins) out += '_';
    out += upper ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
  }
  return out;
}

void require_name(const std::string& name, const std::string& what) {
  if (name.size() <= kLongestName) return;
  throw Error("invalid_config",
              {what, ": expected a name of at most ", std::to_string(kLongestName), " bytes, got ",
               std::to_string(name.size()), "."});
}

/// `Conv2D "c": its output takes 99 numbers, at most 9 are taken. <cure>`
void require_at_most(std::uint64_t most, std::uint64_t got, const std::string& label,
                     const char* what, const char* cure) {
  if (got <= most) return;
  throw Error("model_too_large", {label, ": ", what, " ", std::to_string(got), ", more than ",
                                  std::to_string(most), ". ", cure});
}

bool joins(const LayerKind& kind) {
  return std::visit([](const auto& one) { return requires { one.kJoins; }; }, kind);
}

void require_one(const std::string& label, std::size_t inputs) {
  if (inputs == 1) return;
  throw Error("shape_mismatch", {label, ": expected one input, got ", std::to_string(inputs), "."});
}

/// What layers add up to, from the front.
struct Totals {
  std::uint64_t parameters = 0, activations, work = 0;
};

/// Fills in output shape and parameters (offsets still 0) of a layer whose name, kind and sources,
/// of the shapes `all`, are set.
void infer(Layer& layer, std::span<const Shape* const> all, Totals& totals) {
  const std::string label = layer.label();
  const Kinds& kinds = KindsOf<LayerKind>::kinds;
  check_fields(*kinds.concepts[layer.kind.index()], kinds.chosen(&layer.kind), label);
  if (!joins(layer.kind)) require_one(label, all.size());
  const Incoming in{layer.input, label, layer.trainable, all};
  const Shaped shaped = std::visit([&in](const auto& kind) { return kind.shape(in); }, layer.kind);
  layer.output = shaped.output;
  layer.parameters = shaped.parameters;

  const auto require = [&](std::uint64_t most, std::uint64_t got, const char* what,
                           const char* cure) { require_at_most(most, got, label, what, cure); };
  constexpr const char* kSmaller = "Use fewer filters or units, or pool before it.";
  require(kLargestActivation, layer.output.size(), "numbers in its output:", kSmaller);
  for (const Parameter& p : layer.parameters) totals.parameters += p.size();
  require(kMostParameters, totals.parameters, "parameters up to here:", kSmaller);
  totals.activations += layer.output.size();
  require(kMostActivations, totals.activations, "numbers in all outputs up to here:", kSmaller);
  require(kMostPatches, shaped.patches,
          "numbers in its patches:", "Use a smaller kernel or larger strides, or pool before it.");
  totals.work += shaped.work;
  require(kMostWork, totals.work, "multiplications for one image up to here:",
          "Use smaller windows or larger strides, or pool before it.");
}

}  // namespace

std::size_t Layer::parameter_count() const noexcept {
  std::size_t n = 0;
  for (const Parameter& p : parameters) n += p.size();
  return n;
}

std::string Layer::label() const { return std::string(class_name(kind)) + " \"" + name + "\""; }

Sequential::Sequential(std::string name, Shape input, std::vector<LayerSpec> specs)
    : name_(std::move(name)), input_(std::move(input)) {
  require_name(name_, "the model");
  if (input_.rank() < 1 || input_.rank() > 3 ||
      std::ranges::any_of(input_.dims(), [](int d) { return d < 1 || d > kLargestExtent; }) ||
      input_.size() > kLargestActivation) {
    throw Error("invalid_config", {"model \"", name_, "\": ", input_.text(),
                                   " is not an input shape. For MNIST use (28, 28, 1)."});
  }
  if (specs.size() > kMostLayers) {
    throw Error("model_too_large", {"model \"", name_, "\": more than 256 layers."});
  }
  Totals totals{.activations = input_.size()};
  std::vector<std::string> given;
  layers_.reserve(specs.size());
  for (LayerSpec& spec : specs) {
    if (spec.name.empty()) {
      // As in Keras, a layer that was given its name does not count.
      const std::string base = snake_case(class_name(spec.kind));
      const auto nth = std::ranges::count(given, base);
      given.push_back(base);
      spec.name = nth == 0 ? base : base + "_" + std::to_string(nth);
    }
    require_name(spec.name, "layer " + std::to_string(layers_.size() + 1));
    Layer layer{std::move(spec.name), spec.kind, {}, {}, {}, spec.trainable, {}, {}};
    layer.sources = sources_of(layer.label(), spec.inbound);
    std::vector<const Shape*> all;
    for (const std::size_t source : layer.sources)
      all.push_back(source == 0 ? &input_ : &layers_[source - 1].output);
    for (const Shape* shape : all) layer.inputs.push_back(*shape);
    layer.input = *all[0];
    infer(layer, all, totals);
    for (const Layer& other : layers_) {
      if (other.name != layer.name) continue;
      throw Error("invalid_config",
                  {layer.label(), ": expected a name of its own, got one used twice."});
    }
    for (Parameter& p : layer.parameters) {
      p.offset = parameter_count_;
      parameter_count_ += p.size();
    }
    layers_.push_back(std::move(layer));
  }
  require_all_taken();
  work_ = totals.work;
}

/// Errors: `invalid_config` where one is not the name of a layer so far.
std::vector<std::size_t> Sequential::sources_of(const std::string& label,
                                                const std::vector<std::string>& inbound) const {
  if (inbound.empty()) return {layers_.size()};
  std::vector<std::size_t> out;
  for (const std::string& name : inbound) {
    const auto found = std::ranges::find(layers_, name, &Layer::name);
    if (name == kInputName)
      out.push_back(0);
    else if (found != layers_.end())
      out.push_back(static_cast<std::size_t>(found - layers_.begin()) + 1);
    else
      throw Error("invalid_config",
                  {label, ": it takes \"", name, "\", which is no layer before it."});
  }
  return out;
}

void Sequential::require_all_taken() const {
  for (std::size_t i = 0; i + 1 < layers_.size(); ++i) {
    const auto takes = [i](const Layer& layer) {
      return std::ranges::find(layer.sources, i + 1) != layer.sources.end();
    };
    if (std::ranges::any_of(layers_, takes)) continue;
    throw Error("invalid_config", {layers_[i].label(), ": no other layer takes its output."});
  }
}

bool Sequential::is_chain() const noexcept {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    if (layers_[i].sources.size() != 1 || layers_[i].sources[0] != i) return false;
  }
  return true;
}

std::uint64_t Sequential::multiplications() const noexcept {
  std::uint64_t sum = 0;
  for (const Layer& layer : layers_) {
    for (const Parameter& p : layer.parameters) {
      if (!p.name.ends_with("kernel")) continue;
      const auto channels = static_cast<std::size_t>(layer.output.dims().back());
      sum += count_of(layer.output.size() / channels, p.size());
    }
  }
  return sum;
}

std::vector<float> Sequential::initial_parameters(std::uint64_t seed) const {
  std::vector<float> out(parameter_count_);
  std::uint64_t stream = 0;
  for (const Layer& layer : layers_) {
    for (const Parameter& p : layer.parameters) {
      Rng rng(seed, stream++);
      initialize(p, rng, std::span(out).subspan(p.offset, p.size()));
    }
  }
  return out;
}

}  // namespace ziffer::nn
