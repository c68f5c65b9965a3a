#include "training/options.hpp"

#include <array>
#include <cmath>
#include <span>

#include "core/error.hpp"
#include "config/json.hpp"

namespace ziffer::training {
namespace {

using json = Json;

constexpr std::array kMonitors{"loss", "accuracy", "val_loss", "val_accuracy"};
constexpr std::array kOptimizers{"adam", "sgd", "rmsprop"};

[[noreturn]] void fail(const std::string& what, const std::string& expected, const json& got) {
  throw Error("invalid_config",
              "expected " + what + " to be " + expected + ", got " + got.dump() + ".");
}

/// Reads one object of settings; a missing or null setting keeps its default.
struct Reader {
  const json& object;
  std::string prefix;

  const json* find(const char* key) const {
    const auto it = object.find(key);
    return it == object.end() || it->is_null() ? nullptr : &*it;
  }
  template <class T>
  void number(const char* key, T& value, double low, double high, const char* expected) const {
    const json* v = find(key);
    if (v == nullptr) return;
    const bool whole = std::is_integral_v<T>;
    const bool right = whole ? v->is_number_integer() : v->is_number();
    if (!right || !(v->get<double>() >= low) || !(v->get<double>() <= high)) {
      fail(prefix + key, expected, *v);
    }
    value = v->get<T>();
  }
  void flag(const char* key, bool& value) const {
    const json* v = find(key);
    if (v == nullptr) return;
    if (!v->is_boolean()) fail(prefix + key, "true or false", *v);
    value = v->get<bool>();
  }
  /// The index of a word in a list.
  std::size_t word(const char* key, std::span<const char* const> words,
                   std::size_t otherwise) const {
    const json* v = find(key);
    if (v == nullptr) return otherwise;
    std::string known;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (v->is_string() && v->get<std::string>() == words[i]) return i;
      known += (i > 0 ? ", " : "one of ") + std::string(words[i]);
    }
    fail(prefix + key, known, *v);
  }
};

OptimizerConfig read_optimizer(const json& v) {
  const json object = v.is_string() ? json{{"name", v}} : v;
  if (!object.is_object()) fail("optimizer", "a name or an object with a name", v);
  const Reader r{object, "optimizer."};
  OptimizerConfig c;
  c.kind = static_cast<OptimizerKind>(r.word("name", kOptimizers, 0));
  if (c.kind == OptimizerKind::sgd) c.learning_rate = 0.01F;
  r.number("learning_rate", c.learning_rate, 0, 1e6, "a number of at least 0");
  r.number("beta_1", c.beta_1, 0, 0.9999999, "in [0, 1)");
  r.number("beta_2", c.beta_2, 0, 0.9999999, "in [0, 1)");
  r.number("rho", c.rho, 0, 1, "in [0, 1]");
  r.number("momentum", c.momentum, 0, 1, "in [0, 1]");
  r.number("epsilon", c.epsilon, 0, 1, "in [0, 1]");
  r.flag("nesterov", c.nesterov);
  r.flag("centered", c.centered);
  return c;
}

Mode read_mode(const Reader& r, Monitor monitor) {
  constexpr std::array kModes{"auto", "min", "max"};
  const std::size_t mode = r.word("mode", kModes, 0);
  const bool accuracy = monitor == Monitor::accuracy || monitor == Monitor::val_accuracy;
  if (mode == 0) return accuracy ? Mode::max : Mode::min;
  return mode == 2 ? Mode::max : Mode::min;
}

EarlyStoppingConfig read_early_stopping(const json& object) {
  const Reader r{object, "early_stopping."};
  EarlyStoppingConfig c;
  c.monitor = static_cast<Monitor>(r.word("monitor", kMonitors, 2));
  c.mode = read_mode(r, c.monitor);
  r.number("min_delta", c.min_delta, -1e9, 1e9, "a number");
  c.min_delta = std::abs(c.min_delta);
  r.number("patience", c.patience, 0, 1e6, "a whole number of at least 0");
  r.flag("restore_best_weights", c.restore_best_weights);
  return c;
}

ModelCheckpointConfig read_checkpoint(const json& object) {
  const Reader r{object, "model_checkpoint."};
  ModelCheckpointConfig c;
  c.monitor = static_cast<Monitor>(r.word("monitor", kMonitors, 2));
  c.mode = read_mode(r, c.monitor);
  r.flag("save_best_only", c.save_best_only);
  return c;
}

}  // namespace

const char* word(Monitor m) { return kMonitors[static_cast<std::size_t>(m)]; }

namespace {

json parse_object(const std::string& text, const char* what) {
  json object = parse_json(text);
  if (object.is_object()) return object;
  throw Error("invalid_config", std::string(what) + ": expected its options as an object.");
}

}  // namespace

OptimizerConfig compile_options_from_json(const std::string& text) {
  const json object = parse_object(text, "compile");
  const Reader r{object, ""};
  constexpr std::array kLosses{"categorical_crossentropy", "sparse_categorical_crossentropy"};
  r.word("loss", kLosses, 0);
  const json* optimizer = r.find("optimizer");
  return optimizer != nullptr ? read_optimizer(*optimizer) : OptimizerConfig{};
}

FitOptions fit_options_from_json(const std::string& text) {
  const json object = parse_object(text, "fit");
  const Reader r{object, ""};
  FitOptions o;
  r.number("batch_size", o.batch_size, 1, 65536, "a whole number from 1 to 65536");
  r.number("epochs", o.epochs, 1, 1e6, "a whole number from 1 to 1000000");
  r.number("validation_split", o.validation_split, 0, 0.9999999, "in [0, 1)");
  r.number("seed", o.seed, 0, 9007199254740991.0, "a whole number of at least 0");
  r.flag("shuffle", o.shuffle);
  if (const json* v = r.find("early_stopping")) {
    if (!v->is_object()) fail("early_stopping", "an object", *v);
    o.early_stopping = read_early_stopping(*v);
  }
  if (const json* v = r.find("model_checkpoint")) {
    if (!v->is_object()) fail("model_checkpoint", "an object", *v);
    o.model_checkpoint = read_checkpoint(*v);
  }
  return o;
}

}  // namespace ziffer::training
