// Models: configuration, weights, predictions, and looks inside.
#include <algorithm>
#include <iterator>

#include "bindings/exports.hpp"
#include "bindings/handles.hpp"
#include "nn/config.hpp"

namespace ziffer::bindings {
namespace {

using emscripten::val;

constexpr int kPredictionChunk = 50;

std::uint64_t seed_from(double seed) {
  if (!(seed >= 0) || seed > 9007199254740991.0 ||
      seed != static_cast<double>(static_cast<std::uint64_t>(seed))) {
    throw Error("invalid_config", "seed: expected a whole number of at least 0.");
  }
  return static_cast<std::uint64_t>(seed);
}

ModelHandle create_model(const std::string& config, double seed) {
  return ModelHandle{std::make_shared<Model>(nn::sequential_from_json(config), seed_from(seed))};
}

void set_parameters(ModelHandle& h, const val& array) {
  std::vector<float> p = floats_from(array);
  if (p.size() != h.model->parameters.size()) {
    throw Error("shape_mismatch", {"weights: expected ", std::to_string(h.model->parameters.size()),
                                   " numbers, got ", std::to_string(p.size()), "."});
  }
  require_finite(p, "weights");
  // In place: a Trainer works on this very array.
  std::ranges::copy(p, h.model->parameters.begin());
}

void reset(ModelHandle& h, double seed) {
  std::ranges::copy(h.model->sequential.initial_parameters(seed_from(seed)),
                    h.model->parameters.begin());
  if (h.model->begun) h.model->begun->reset();
}

void compile(ModelHandle& h, const std::string& options) {
  h.model->compile(training::compile_options_from_json(options));
}

/// {steps, slots: [Float32Array], learningRate}, the slots as training/optimizer.hpp lists them.
val optimizer_state(const ModelHandle& h) {
  val slots = val::array();
  for (const auto& slot : h.model->optimizer().slots()) {
    slots.call<void>("push", to_array(std::span<const float>(slot)));
  }
  val out = val::object();
  out.set("steps", static_cast<double>(h.model->optimizer().steps()));
  out.set("slots", slots);
  out.set("learningRate", static_cast<double>(h.model->optimizer().learning_rate()));
  return out;
}

float learning_rate_from(double rate) {
  const NumberRange& range = training::kLearningRate;
  if (rate >= range.low && rate < range.below) return static_cast<float>(rate);
  throw Error("invalid_argument", {"optimizer: expected ", range.expected, "."});
}

void set_optimizer_state(ModelHandle& h, const val& state) {
  training::Optimizer& optimizer = h.model->optimizer();
  std::vector<std::vector<float>> slots;
  for (std::size_t i = 0; i < optimizer.slots().size(); ++i) {
    slots.push_back(floats_from(state["slots"][i]));
    require_finite(slots.back(), "optimizer");
    if (slots.back().size() == optimizer.slots()[i].size()) continue;
    throw Error("shape_mismatch", "optimizer: its state belongs to another model or optimizer.");
  }
  const auto steps = state["steps"].as<double>();
  if (!(steps >= 0) || steps > 9007199254740991.0) {
    throw Error("invalid_argument", "optimizer: expected its steps as a whole number.");
  }
  const val rate = state["learningRate"];
  if (!rate.isUndefined()) optimizer.set_learning_rate(learning_rate_from(rate.as<double>()));
  optimizer.slots() = std::move(slots);
  optimizer.set_steps(static_cast<std::uint64_t>(steps));
}

engine::Program& program(std::unique_ptr<engine::Program>& slot, const Model& m,
                         engine::ProgramOptions options) {
  if (!slot || slot->capacity() < options.capacity) {
    slot.reset();
    slot = std::make_unique<engine::Program>(m.sequential, options);
  }
  return *slot;
}

val predict(ModelHandle& h, const val& images, int count) {
  Model& m = *h.model;
  if (count < 0) throw Error("invalid_argument", "predict: expected a count of at least 0.");
  const std::size_t in = m.sequential.input().size(), out = m.sequential.output().size();
  const std::vector<float> x = pictures_from(images, size_of(count, in));
  std::vector<float> y(size_of(count, out));
  // One picture takes the memory of one.
  const int most = std::clamp(count, 1, kPredictionChunk);
  engine::Program& p =
      program(m.prediction, m, {.capacity = engine::images_at_once(m.sequential, most)});
  for (int first = 0; first < count; first += p.capacity()) {
    const int n = std::min(p.capacity(), count - first);
    const auto at = static_cast<std::size_t>(first), size = static_cast<std::size_t>(n);
    std::ranges::copy(std::span(x).subspan(at * in, size * in), p.input(n).begin());
    std::ranges::copy(p.forward(m.parameters, n),
                      y.begin() + static_cast<std::ptrdiff_t>(at * out));
  }
  return to_array(std::span<const float>(y));
}

/// Every layer's output for one picture: [{name, shape, values}].
val activations(ModelHandle& h, const val& image) {
  Model& m = *h.model;
  engine::Program& p = program(m.inspection, m, {.capacity = 1, .fused = false});
  std::ranges::copy(pictures_from(image, m.sequential.input().size()), p.input(1).begin());
  p.forward(m.parameters, 1);
  val out = val::array();
  const auto& layers = m.sequential.layers();
  for (std::size_t i = 0; i < layers.size(); ++i) {
    val entry = val::object();
    entry.set("name", layers[i].name);
    entry.set("shape", val::array(layers[i].output.dims()));
    entry.set("values", to_array(p.activation(i)));
    out.call<void>("push", entry);
  }
  return out;
}

/// d logit[index] / d pixel for one picture.
val saliency(ModelHandle& h, const val& image, int index) {
  Model& m = *h.model;
  if (index < 0 || static_cast<std::size_t>(index) >= m.sequential.output().size()) {
    throw Error("invalid_argument", {"saliency: there is no class ", std::to_string(index), "."});
  }
  engine::Program& p =
      program(m.saliency, m, {.capacity = 1, .training = true, .input_gradient = true});
  std::ranges::copy(pictures_from(image, m.sequential.input().size()), p.input(1).begin());
  return to_array(p.input_gradient(m.parameters, 1, index));
}

/// What `count` training passes make of one picture, each as another picture of the first epoch.
val augmented(ModelHandle& h, const val& image, int count, double seed) {
  constexpr int kMost = 100;
  if (count < 1 || count > kMost) {
    throw Error("invalid_argument", "augmented: expected a count from 1 to 100.");
  }
  Model& m = *h.model;
  engine::Program p(m.sequential, {.capacity = 1, .training = true, .fused = false});
  const std::vector<float> x = pictures_from(image, m.sequential.input().size());
  std::vector<float> y;
  for (int i = 0; i < count; ++i) {
    const std::uint32_t number[] = {static_cast<std::uint32_t>(i)};
    const engine::DropoutKey key{seed_from(seed), static_cast<std::uint64_t>(i), 0, 0, number};
    std::ranges::copy(x, p.input(1).begin());
    std::ranges::copy(p.forward(m.parameters, 1, &key), std::back_inserter(y));
  }
  return to_array(std::span<const float>(y));
}

}  // namespace

void bind_model() {
  Exported<ModelHandle>("Model")
      .method<[](const ModelHandle& h) { return nn::to_json(h.model->sequential); }>("config")
      .method<[](const ModelHandle& h) {
        return training::replica_config(h.model->sequential, h.model->objective);
      }>("replica")
      .method<[](const ModelHandle& h) {
        return static_cast<double>(h.model->sequential.input().size());
      }>("inputSize")
      .method<[](const ModelHandle& h) {
        return static_cast<double>(h.model->sequential.multiplications());
      }>("multiplications")
      .method<[](const ModelHandle& h) {
        return to_array(std::span<const float>(h.model->parameters));
      }>("parameters")
      .method<&set_parameters>("setParameters")
      .method<&reset>("reset")
      .method<&compile>("compile")
      .method<&optimizer_state>("optimizerState")
      .method<&set_optimizer_state>("setOptimizerState")
      .method<&predict>("predict")
      .method<&activations>("activations")
      .method<&saliency>("saliency")
      .method<&augmented>("augmented");
  export_function<&create_model>("createModel");
}

}  // namespace ziffer::bindings
